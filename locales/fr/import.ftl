### Importer le calendrier.

import-done = Le calendrier est importé.

import-added =
    { $count ->
        [one] Une nouvelle action
       *[other] { $shown } nouvelles actions
    }

import-updated =
    { $count ->
        [one] Une action modifiée
       *[other] { $shown } actions modifiées
    }

import-unchanged =
    { $count ->
        [one] Une action inchangée
       *[other] { $shown } actions inchangées
    }

import-left-alone =
    { $count ->
        [one] Une action déjà publiée reste telle quelle
       *[other] { $shown } actions déjà publiées restent telles quelles
    }

import-new-campaigns = Nouvelles campagnes : { $names }

import-next = Chacune attend l’approbation d’une personne de la coordination, dans chaque langue : « { -prefix }action liste en attente », puis « { -prefix }action voir » et son numéro.

import-nothing-new = Rien de nouveau n’attend d’approbation.

import-one-at-a-time = Donnez un calendrier à la fois, avec ses images à côté.

import-other-groups = Ce calendrier vise des groupes que vous ne coordonnez pas : rien n’a été importé. Retirez ces lignes ou demandez à une personne qui les coordonne.

import-bad-picture = « { $name } » n’est pas une image PNG, JPEG, GIF ou WebP d’au plus 8 Mo. Rien n’a été importé ; remplacez-la et donnez le tout de nouveau.

import-picture-in-use = Une autre image nommée « { $name } » accompagne une action publiée ou qui n’est pas la vôtre. Rien n’a été importé ; nommez la vôtre autrement et donnez le tout de nouveau.

import-waiting-notice =
    { $count ->
        [one] Un calendrier vient d’être importé : une action attend une approbation (« { -prefix }action liste en attente »).
       *[other] Un calendrier vient d’être importé : { $shown } actions attendent une approbation (« { -prefix }action liste en attente »).
    }

import-kept-times =
    { $count ->
        [one] Une action garde le moment choisi par la coordination
       *[other] { $shown } actions gardent le moment choisi par la coordination
    }

import-too-large = « { $name } » dépasse { $size } Mo : rien n’est importé. Enregistrez-le sans ses images, ou en plusieurs parties, et donnez-le de nouveau.

import-not-fetched = « { $name } » n’a pas pu être lu : rien n’est importé. Donnez-le de nouveau.

import-drop = Déposez ici le calendrier : un classeur (.xlsx ou .csv), avec les images qu’il nomme à côté.

import-attach = Choisissez le classeur (.xlsx ou .csv) comme fichier de « { -prefix }calendrier importer », et ajoutez les images qu’il nomme.
